import { z } from 'zod';
import { idSchema } from '../../platform/text.schema.ts';

/** One count or sum of a rollup, under the path of its keys. */
const tallySchema = z.record(z.string(), z.int());
const valuedSchema = z.record(z.string(), tallySchema);

/**
 * What there is now, `orgs/{orgId}/rollups/{scope}`. `open` is by stage: `count`, under each currency
 * code the sum of minor units, and under `weighted` and the code that sum weighted by probability.
 * `forecast` is the same by the month in which deals are expected to close. `contactsByYear` is how
 * many of those now there were created when.
 */
export const totalsSchema = z.object({
  open: valuedSchema.default({}),
  forecast: valuedSchema.default({}),
  contacts: z.int().default(0),
  leads: z.int().default(0),
  contactsByYear: tallySchema.default({}),
});
export type Totals = z.infer<typeof totalsSchema>;

const daySchema = z.object({
  contacts: z.int().default(0),
  leads: z.int().default(0),
  appointments: z.int().default(0),
  messages: z.int().default(0),
  campaigns: z.int().default(0),
  calls: z.int().default(0),
  closed: valuedSchema.default({}),
});

/**
 * What happened on each day of one year, `orgs/{orgId}/rollups/{scope}_{year}`; days are the
 * organisation's. `people` is what each person won in each month: their days would be too many.
 */
export const yearSchema = z.object({
  days: z.record(z.string(), daySchema).default({}),
  people: z.record(z.string(), valuedSchema).default({}),
});
export type Year = z.infer<typeof yearSchema>;

/**
 * What there is now of each team, `orgs/{orgId}/rollups/teams`. `groups` says which document holds
 * the days of a team; a team keeps its group for good.
 */
export const teamTotalsSchema = z.object({
  byTeam: z.record(z.string(), totalsSchema).default({}),
  groups: z.record(z.string(), z.int().min(0)).default({}),
});
export type TeamTotals = z.infer<typeof teamTotalsSchema>;

/** The days of a year of each team of a group, `orgs/{orgId}/rollups/teams{group}_{year}`. */
export const teamYearsSchema = z.object({ byTeam: z.record(z.string(), yearSchema).default({}) });
export type TeamYears = z.infer<typeof teamYearsSchema>;

/** What one record adds to the rollups: amounts by key. */
export const contributionSchema = z.record(z.string(), z.int());
export type Contribution = z.infer<typeof contributionSchema>;

/** What a record has added so far, `orgs/{orgId}/rollupStates/{recordType}_{recordId}`. */
export const rollupStateSchema = z.strictObject({ contribution: contributionSchema });

export const MAX_YEARS = 6;

/**
 * The days, in the organisation's time zone, that an overview is of; the last 30 unless given. Those
 * who oversee several teams may ask for one of them.
 */
export const overviewQuerySchema = z.strictObject({
  startDate: z.iso.date().optional(),
  endDate: z.iso.date().optional(),
  teamId: idSchema.optional(),
});
export type OverviewQuery = z.infer<typeof overviewQuerySchema>;

const amountsSchema = z.array(z.object({ currency: z.string(), amountMinor: z.int() }));

const weighedShape = { valueByCurrency: amountsSchema, weightedByCurrency: amountsSchema };

export const overviewSchema = z.object({
  metrics: z.object({
    totalContacts: z.int(),
    newContactsThisMonth: z.int(),
    totalLeads: z.int(),
    newLeadsThisMonth: z.int(),
    activeDeals: z.int(),
    dealsValue: z.number(),
    dealsValueByCurrency: amountsSchema,
    appointmentsScheduled: z.int(),
    messagesExchanged: z.int(),
    campaignsSent: z.int(),
    callsMade: z.int(),
  }),
  charts: z.object({
    contactsGrowth: z.array(z.object({ date: z.string(), count: z.int() })),
    dealsByStage: z.array(
      z.object({
        stage: z.string(),
        count: z.int(),
        value: z.number(),
        valueByCurrency: amountsSchema,
      }),
    ),
    /** The open deals as of now, by stage. */
    pipeline: z.array(z.object({ stage: z.string(), count: z.int(), ...weighedShape })),
    /** The open deals as of now, by the month in which they are expected to close; null is none. */
    forecast: z.array(z.object({ month: z.string().nullable(), count: z.int(), ...weighedShape })),
    /** The deals closed in the range, by day and the stage they are in, won or lost. */
    closedByDay: z.array(
      z.object({
        date: z.string(),
        stage: z.string(),
        count: z.int(),
        /** How many days they took, all together. */
        cycleDays: z.int(),
        valueByCurrency: amountsSchema,
      }),
    ),
    /** What each owner won in the months of the range, which count as a whole; not shown to reps. */
    leaderboard: z.array(
      z.object({ userId: z.string(), count: z.int(), valueByCurrency: amountsSchema }),
    ),
  }),
  startDate: z.string(),
  endDate: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  asOf: z.string().nullable(),
});
export type Overview = z.infer<typeof overviewSchema>;

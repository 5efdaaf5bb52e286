import { feedSchema, overviewSchema } from '@splitline/functions/contracts';
import { z } from 'zod';

/** What the dashboard reads of the figures. */
export const dashboardSchema = z.object({
  charts: overviewSchema.shape.charts.pick({
    pipeline: true,
    forecast: true,
    closedByDay: true,
    leaderboard: true,
  }),
  ...overviewSchema.pick({
    startDate: true,
    endDate: true,
    timeZone: true,
    currency: true,
    asOf: true,
  }).shape,
});
export type Dashboard = z.infer<typeof dashboardSchema>;

export const activitySchema = z.object({ events: feedSchema.shape.events });
export type ActivityEvent = z.infer<typeof activitySchema>['events'][number];

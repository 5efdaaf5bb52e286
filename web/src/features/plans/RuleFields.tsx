import { Field, SelectField } from '../../ui/Field.tsx';
import { newTier, type RuleInput, type RuleKind, type TierInput } from './terms-form.ts';

interface RuleFieldsProps {
  readonly rule: RuleInput;
  readonly number: number;
  readonly currency: string;
  /** What is wrong with a field of the rule, by its path within the rule. */
  readonly errorOf: (path: string) => string | undefined;
  readonly onChange: (rule: RuleInput) => void;
  /** Absent where it is the only one. */
  readonly onRemove: (() => void) | undefined;
}

const kinds: Readonly<Record<RuleKind, string>> = {
  percent: 'Percentage of the deal',
  fixed: 'Fixed amount for each deal',
  tiers: 'Tiers by what is won in the period',
  override: 'Override for the managers of the team',
};

const decimal = { type: 'number', min: 0, step: 'any', inputMode: 'decimal' } as const;

/** One rule of a plan: what it pays, and to whom. */
export function RuleFields({
  rule,
  number,
  currency,
  errorOf,
  onChange,
  onRemove,
}: RuleFieldsProps) {
  const change = (part: Partial<RuleInput>) => onChange({ ...rule, ...part });
  return (
    <fieldset className="rule">
      <legend className="field__label">Rule {number}</legend>
      <div className="rule__fields">
        <SelectField
          label="Pays"
          name={`kind-${rule.id}`}
          value={rule.kind}
          onChange={(event) => change({ kind: kindOf(event.target.value) })}
        >
          {Object.entries(kinds).map(([kind, name]) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </SelectField>
        {(rule.kind === 'percent' || rule.kind === 'override') && (
          <Field
            {...decimal}
            label="Rate"
            name={`rate-${rule.id}`}
            hint="%"
            value={rule.rate}
            onChange={(event) => change({ rate: event.target.value })}
            error={errorOf('rateBps')}
          />
        )}
        {rule.kind === 'fixed' && (
          <Field
            {...decimal}
            label="Amount"
            name={`amount-${rule.id}`}
            hint={currency}
            value={rule.amount}
            onChange={(event) => change({ amount: event.target.value })}
            error={errorOf('amountMinor')}
          />
        )}
        {rule.kind !== 'override' && (
          <Field
            label="Only for"
            name={`role-${rule.id}`}
            hint="a role such as closer"
            value={rule.role}
            maxLength={50}
            onChange={(event) => change({ role: event.target.value })}
            error={errorOf('role')}
          />
        )}
      </div>
      {rule.kind === 'tiers' && (
        <Tiers rule={rule} currency={currency} errorOf={errorOf} change={change} />
      )}
      {onRemove !== undefined && (
        <div>
          <button className="button button--small" type="button" onClick={onRemove}>
            Remove rule {number}
          </button>
        </div>
      )}
    </fieldset>
  );
}

function kindOf(value: string): RuleKind {
  return value === 'fixed' || value === 'tiers' || value === 'override' ? value : 'percent';
}

interface TiersProps extends Pick<RuleFieldsProps, 'rule' | 'currency' | 'errorOf'> {
  readonly change: (part: Partial<RuleInput>) => void;
}

function Tiers({ rule, currency, errorOf, change }: TiersProps) {
  const { tiers } = rule;
  const replace = (changed: TierInput) =>
    change({ tiers: tiers.map((tier) => (tier.id === changed.id ? changed : tier)) });
  return (
    <>
      <SelectField
        label="A tier’s rate is for"
        name={`mode-${rule.id}`}
        value={rule.mode}
        onChange={(event) =>
          change({ mode: event.target.value === 'cliff' ? 'cliff' : 'marginal' })
        }
      >
        <option value="marginal">the part of the sum within the tier</option>
        <option value="cliff">the whole sum, once the tier is reached</option>
      </SelectField>
      {tiers.map((tier, index) => (
        <div className="tier" key={tier.id}>
          <Field
            {...decimal}
            label={`Tier ${index + 1}, from`}
            name={`from-${tier.id}`}
            hint={currency}
            value={tier.from}
            readOnly={index === 0}
            onChange={(event) => replace({ ...tier, from: event.target.value })}
            error={errorOf(`tiers.${index}.fromMinor`)}
          />
          <Field
            {...decimal}
            label="Rate"
            name={`rate-${tier.id}`}
            hint="%"
            value={tier.rate}
            onChange={(event) => replace({ ...tier, rate: event.target.value })}
            error={errorOf(`tiers.${index}.rateBps`)}
          />
          {index > 0 && (
            <button
              className="button tier__remove"
              type="button"
              aria-label={`Remove tier ${index + 1}`}
              onClick={() => change({ tiers: tiers.filter(({ id }) => id !== tier.id) })}
            >
              Remove
            </button>
          )}
        </div>
      ))}
      {errorOf('tiers') !== undefined && (
        <p className="field__error" role="alert">
          {errorOf('tiers')}
        </p>
      )}
      <div>
        <button
          className="button button--small"
          type="button"
          onClick={() => change({ tiers: [...tiers, newTier()] })}
        >
          Add tier
        </button>
      </div>
    </>
  );
}

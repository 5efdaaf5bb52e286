import { type LeafDraft, withSetting } from './draft.ts';
import { SettingField } from './SettingField.tsx';
import { AssignFields, RecipientFields, type SpecialProps, WaitFields } from './SpecialFields.tsx';
import { stepRemarks, stepSettings } from './step-forms.ts';
import { UpdateFields } from './UpdateFields.tsx';
import { WebhookValues } from './WebhookValues.tsx';

interface StepFieldsProps {
  readonly step: LeafDraft;
  readonly path: string;
  readonly onChange: (step: LeafDraft) => void;
}

/** The settings of a step that is no branch. */
export function StepFields({ step, path, onChange }: StepFieldsProps) {
  const { type, config } = step;
  const special: SpecialProps = {
    ...{ config, path: `${path}.config` },
    onChange: (next) => onChange({ ...step, config: next }),
  };
  return (
    <div className="form">
      {type === 'SEND_EMAIL' && <RecipientFields {...special} />}
      {type === 'ASSIGN' && <AssignFields {...special} />}
      {type === 'WAIT' && <WaitFields {...special} />}
      {type === 'UPDATE_FIELDS' && <UpdateFields {...special} />}
      {stepRemarks[type] !== undefined && <p className="soft small">{stepRemarks[type]}</p>}
      {stepSettings[type].map((setting) => (
        <SettingField
          key={setting.name}
          setting={setting}
          config={config}
          path={special.path}
          onChange={(value) =>
            onChange({ ...step, config: withSetting(config, setting.name, value) })
          }
        />
      ))}
      {type === 'CALL_WEBHOOK' && <WebhookValues {...special} />}
    </div>
  );
}

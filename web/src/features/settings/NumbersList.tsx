import type { MessageSettings, User } from '@splitline/functions/contracts';
import { useState } from 'react';
import type { Rest, Stored } from '../../data/port.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import { AddNumberDialog } from './AddNumberDialog.tsx';
import { SectionHead } from './SectionHead.tsx';

type OwnedNumber = MessageSettings['numbers'][number];

interface NumbersListProps {
  readonly rest: Rest;
  readonly settings: MessageSettings;
  readonly people: ReadonlyMap<string, Stored<User>>;
  readonly onChanged: () => void;
}

type Step = { readonly kind: 'add' } | { readonly kind: 'release'; readonly number: OwnedNumber };

/** The numbers of the Twilio account that are this organisation's. */
export function NumbersList({ rest, settings, people, onChanged }: NumbersListProps) {
  const [step, setStep] = useState<Step>();
  const close = () => setStep(undefined);
  const finish = () => {
    close();
    onChanged();
  };
  return (
    <>
      <SectionHead
        title="Sender numbers"
        lead="Numbers of the Twilio account that are yours. Texts to them come into your inbox."
      >
        <button
          className="button button--primary"
          type="button"
          onClick={() => setStep({ kind: 'add' })}
        >
          Add number…
        </button>
      </SectionHead>
      <ul className="rows" aria-label="Sender numbers">
        {settings.numbers.length === 0 && (
          <li className="rows__empty">There is no number yet, so no text can be sent.</li>
        )}
        {settings.numbers.map((number) => (
          <NumberRow
            key={number.phoneNumber}
            number={number}
            owner={people.get(number.ownerId)?.name}
            onRelease={() => setStep({ kind: 'release', number })}
          />
        ))}
      </ul>
      {step?.kind === 'add' && (
        <AddNumberDialog rest={rest} people={people} onClose={close} onDone={finish} />
      )}
      {step?.kind === 'release' && (
        <ReleaseDialog rest={rest} number={step.number} onClose={close} onDone={finish} />
      )}
    </>
  );
}

interface NumberRowProps {
  readonly number: OwnedNumber;
  readonly owner: string | undefined;
  readonly onRelease: () => void;
}

function NumberRow({ number, owner, onRelease }: NumberRowProps) {
  const { phoneNumber, friendlyName, isWhatsApp } = number;
  return (
    <li className="rows__row settings__row" aria-label={phoneNumber}>
      <div className="settings__main">
        <p className="settings__name">
          {phoneNumber}
          <span className="tag">{isWhatsApp ? 'SMS and WhatsApp' : 'SMS'}</span>
        </p>
        <p className="soft small settings__detail">
          {friendlyName} · unknown senders go to {owner ?? 'somebody who left'}
        </p>
      </div>
      <button className="button button--small button--quiet" type="button" onClick={onRelease}>
        Give up…<span className="visually-hidden"> {phoneNumber}</span>
      </button>
    </li>
  );
}

interface ReleaseDialogProps {
  readonly rest: Rest;
  readonly number: OwnedNumber;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function ReleaseDialog({ rest, number, onClose, onDone }: ReleaseDialogProps) {
  const { phoneNumber, sid } = number;
  const form = useCommand({
    done: `${phoneNumber} is given up.`,
    onDone,
    run: async () => {
      await rest.send('DELETE', `/api/twilio/phone-numbers/${sid}`);
      return undefined;
    },
  });
  return (
    <FormDialog
      title={`Give up ${phoneNumber}?`}
      lead="Nothing is sent from it any more, and texts to it no longer reach you. The Twilio account keeps the number, and you can add it again as long as no other organisation has."
      form={form}
      submit="Give up number"
      isDangerous
      onClose={onClose}
    />
  );
}

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import type { Rest } from '../../data/port.ts';
import { readAnswer } from '../../data/records.ts';
import { type Webhook, withSecretSchema } from '../../data/webhooks.ts';
import { useFormCommand } from '../../ui/useFormCommand.ts';
import type { NewSecret } from './SecretDialog.tsx';
import {
  bodyOf,
  inputOf,
  type WebhookFields,
  type WebhookInput,
  webhookFormSchema,
} from './webhook-form.ts';

interface Saving {
  readonly rest: Rest;
  /** The webhook that is changed; a new one without it. */
  readonly webhook: Webhook | undefined;
  readonly onSaved: (saved: NewSecret) => void;
}

/** The form of a webhook: checked here, then by the server, whose refusals go to their fields. */
export function useWebhookForm({ rest, webhook, onSaved }: Saving) {
  const form = useForm<WebhookInput, unknown, WebhookFields>({
    resolver: zodResolver(webhookFormSchema),
    defaultValues: inputOf(webhook),
  });
  const command = useFormCommand(form, {
    run: async (fields) => {
      const body = bodyOf(fields, webhook);
      const answer =
        webhook === undefined
          ? await rest.send('POST', '/api/webhooks', body)
          : await rest.send('PATCH', `/api/webhooks/${webhook.id}`, body);
      return readAnswer(withSecretSchema, answer);
    },
    done: webhook === undefined ? 'The webhook is added.' : 'The webhook is changed.',
    onDone: onSaved,
    placeOf: (field) => placeOf(field, form.getValues()),
  });
  return { form, dialog: { ...command, errorOf: () => undefined } };
}

type FieldAt = 'url' | 'description' | 'types' | 'teamId' | 'ownerId' | `headers.${number}.name`;

/** The input that the server's name of a field stands for. */
function placeOf(name: string, { headers }: WebhookInput): FieldAt | undefined {
  const [first, ...path] = name.split('.');
  if (first === 'url' || first === 'description' || first === 'types') return first;
  const rest = path.join('.');
  if (first === 'filters' && (rest === 'teamId' || rest === 'ownerId')) return rest;
  const index = headers.findIndex((header) => first === 'headers' && header.name === rest);
  return index < 0 ? undefined : `headers.${index}.name`;
}

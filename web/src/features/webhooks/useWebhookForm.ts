import { zodResolver } from '@hookform/resolvers/zod';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { Rest } from '../../data/port.ts';
import { type Problem, toProblem } from '../../data/problem.ts';
import { readAnswer } from '../../data/records.ts';
import { type Webhook, withSecretSchema } from '../../data/webhooks.ts';
import { useNotices } from '../../ui/Toasts.tsx';
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
  const { announce } = useNotices();
  const [problem, setProblem] = useState<Problem>();
  const form = useForm<WebhookInput, unknown, WebhookFields>({
    resolver: zodResolver(webhookFormSchema),
    defaultValues: inputOf(webhook),
  });
  const save = async (fields: WebhookFields) => {
    setProblem(undefined);
    try {
      const body = bodyOf(fields, webhook);
      const answer =
        webhook === undefined
          ? await rest.send('POST', '/api/webhooks', body)
          : await rest.send('PATCH', `/api/webhooks/${webhook.id}`, body);
      announce(webhook === undefined ? 'The webhook is added.' : 'The webhook is changed.');
      onSaved(readAnswer(withSecretSchema, answer));
    } catch (error) {
      const failure = toProblem(error);
      const field = fieldAt(failure.field, fields);
      if (field === undefined) setProblem(failure);
      else form.setError(field, { message: failure.message }, { shouldFocus: true });
    }
  };
  const { isSubmitting } = form.formState;
  const send = form.handleSubmit(save);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isSubmitting) void send(event);
  };
  const errorOf = () => undefined;
  const dialog = { onSubmit, isSending: isSubmitting, errorOf, generalError: problem?.message };
  return { form, dialog };
}

type FieldAt = 'url' | 'description' | 'types' | 'teamId' | 'ownerId' | `headers.${number}.name`;

/** The input that the server's name of a field stands for. */
function fieldAt(name: string | undefined, { headers }: WebhookFields): FieldAt | undefined {
  const [first, ...path] = name?.split('.') ?? [];
  if (first === 'url' || first === 'description' || first === 'types') return first;
  const rest = path.join('.');
  if (first === 'filters' && (rest === 'teamId' || rest === 'ownerId')) return rest;
  const index = headers.findIndex((header) => first === 'headers' && header.name === rest);
  return index < 0 ? undefined : `headers.${index}.name`;
}

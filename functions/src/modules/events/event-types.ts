/** What can happen to a kind of record: the sentence goes on from its name. */
interface RecordHappenings {
  readonly label: string;
  readonly verbs: Readonly<Record<string, string>>;
}

// What every kind can have: a sweep that makes up for a lost trigger knows no more than this.
const always = {
  created: 'was created',
  updated: 'was changed in a way that has no name of its own',
  purged: 'was removed for good',
} as const;
const binned = {
  ...always,
  deleted: 'was moved to the bin',
  restored: 'was taken out of the bin',
} as const;
const owned = {
  ...binned,
  reassigned: 'was given to another owner',
  tag_added: 'was given a tag',
  tag_removed: 'lost a tag',
} as const;
const merged = {
  merged: 'took in another one that it was merged with',
  merged_into: 'was merged into another one',
} as const;

/** Everything that can happen, by the type of record: the one list that documents events. */
export const happenings: Readonly<Record<string, RecordHappenings>> = {
  deal: {
    label: 'A deal',
    verbs: {
      ...owned,
      won: 'reached a stage of kind won',
      lost: 'reached a stage of kind lost',
      reopened: 'came back from a closed stage to an open one',
      stage_changed: 'moved to another stage',
      value_changed: 'has another value or currency',
      restated: 'had its earnings restated on other terms',
      split_changed: 'is split between people in another way',
      paid: 'was paid for, in part or in whole',
      refunded: 'had a payment refunded, in part or in whole',
    },
  },
  contact: {
    label: 'A contact',
    verbs: {
      ...owned,
      ...merged,
      company_linked: 'was linked to a company',
      company_unlinked: 'is no longer linked to a company',
    },
  },
  company: { label: 'A company', verbs: { ...owned, ...merged } },
  lead: {
    label: 'A lead',
    verbs: {
      ...owned,
      converted: 'became a contact',
      status_changed: 'has another status',
    },
  },
  note: { label: 'A note', verbs: binned },
  activity: { label: 'An activity', verbs: binned },
  task: {
    label: 'A task',
    verbs: {
      ...binned,
      completed: 'was completed',
      reopened: 'is to be done again',
      reassigned: 'was given to somebody else',
    },
  },
  appointment: {
    label: 'An appointment',
    verbs: {
      ...binned,
      cancelled: 'was cancelled',
      completed: 'took place',
      no_show: 'was missed by the other side',
      rescheduled: 'was moved to another time',
    },
  },
  message: {
    label: 'A message',
    verbs: {
      ...always,
      queued: 'waits to be sent',
      unknown: 'may or may not have been taken over by its provider',
      sent: 'was taken over by its provider',
      delivered: 'has arrived',
      undelivered: 'could not be delivered',
      failed: 'could not be sent or delivered',
      received: 'has come in',
      opted_out: 'asked for no further messages',
      opted_in: 'asked for messages again',
    },
  },
  dispute: {
    label: 'A dispute about earnings',
    verbs: {
      ...always,
      opened: 'was opened',
      commented: 'has a new comment',
      withdrawn: 'was withdrawn',
      rejected: 'was rejected',
      upheld: 'was upheld',
      restated: 'was settled by restating the deal',
    },
  },
  adjustment: {
    label: 'A manual adjustment of earnings',
    verbs: {
      ...always,
      requested: 'was requested',
      approved: 'was approved and posted',
      rejected: 'was rejected',
    },
  },
  payout: {
    label: 'A payout',
    verbs: {
      ...always,
      drafted: 'was drafted when its period was closed',
      approved: 'was approved',
      sending_begun: 'is being sent',
      paid: 'was paid',
      failed: 'could not be paid',
      returned: 'came back, in part or in whole',
      voided: 'was voided',
      reduced: 'became smaller, for a part of it is held',
    },
  },
  period: {
    label: 'A pay period',
    verbs: { ...always, closing_begun: 'is being closed', closed: 'was closed' },
  },
  plan: {
    label: 'A compensation plan',
    verbs: {
      ...always,
      archived: 'was archived',
      version_published: 'has a new version of its terms',
    },
  },
  stage: {
    label: 'A stage of the pipeline',
    verbs: {
      ...always,
      deleted: 'was deleted',
      closing: 'is being emptied, to be deleted',
      renamed: 'was renamed',
      reordered: 'has another place in the order',
    },
  },
  team: {
    label: 'A team',
    verbs: { ...always, renamed: 'was renamed', deleted: 'was deleted' },
  },
  user: {
    label: 'A member',
    verbs: {
      ...always,
      deactivated: 'was deactivated',
      reactivated: 'was activated again',
      role_changed: 'has another role',
      team_changed: 'changed the team',
    },
  },
  invitation: {
    label: 'An invitation',
    verbs: {
      ...always,
      accepted: 'was accepted',
      revoked: 'was revoked',
      renewed: 'was renewed',
      sent: 'was sent',
      send_failed: 'could not be sent',
    },
  },
  apiKey: {
    label: 'An API key',
    verbs: { ...always, revoked: 'was revoked', used: 'was used, noted once an hour' },
  },
  fieldSet: { label: 'The custom fields of a kind of record', verbs: always },
  workflow: {
    label: 'A workflow',
    verbs: {
      ...always,
      activated: 'was activated',
      published: 'runs in another version',
      paused: 'was paused',
      archived: 'was archived',
    },
  },
  subscription: {
    label: 'A subscription to webhooks',
    verbs: {
      ...always,
      deleted: 'was deleted',
      paused: 'was paused',
      resumed: 'was activated again',
      disabled: 'was disabled, because its endpoint is gone or failed for days',
      secret_rotated: 'has a new secret',
    },
  },
};

/** Every type of event that a record can have; what integrators report is `custom.<name>`. */
export const eventTypes: readonly string[] = Object.entries(happenings).flatMap(
  ([recordType, { verbs }]) => Object.keys(verbs).map((verb) => `${recordType}.${verb}`),
);

/**
 * What the fields of records hold, as conditions see it. `day` is a calendar day, `instant` a point
 * in time; `stage`, `user` and `team` are ids that must exist when a workflow is saved, `id` is any other.
 */
export type ValueType =
  | 'text'
  | 'number'
  | 'money'
  | 'day'
  | 'instant'
  | 'choice'
  | 'stage'
  | 'user'
  | 'team'
  | 'id'
  | 'checkbox'
  | 'list';

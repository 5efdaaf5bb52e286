export { fieldSetKind } from './fields.kind.ts';
export { isAnyRequired } from './fields.policy.ts';
export {
  addField,
  changeField,
  customFieldsOf,
  listFields,
  type SavedField,
  validateCustomFields,
} from './fields.service.ts';
export { valueFromText } from './fields-from-text.ts';

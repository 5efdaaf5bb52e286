export { fieldSetKind } from './fields.kind.ts';
export { listFields, validateCustomFields } from './fields.service.ts';
export { valueFromText } from './fields-from-text.ts';

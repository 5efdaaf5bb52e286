export { changeTags, nameTagChanges } from './tags.policy.ts';

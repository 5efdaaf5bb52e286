export { noteKind } from './notes.kind.ts';
export { notes } from './notes.repository.ts';
export { createNote } from './notes.service.ts';

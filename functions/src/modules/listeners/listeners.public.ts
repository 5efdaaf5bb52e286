export { hears } from './hears.ts';
export { findListeners, putListener, removeListener } from './listeners.repository.ts';

export { describeChange } from './describe-change.ts';
export { payloadOf } from './event-payload.ts';
export { eventTypes } from './event-types.ts';
export { events } from './events.repository.ts';
export { foldEvent, foldEvents } from './fold-events.ts';
export { type RecordedChange, type RecordKind, recordChange } from './record-changes.ts';
export { isIntactEvent, sealEvent } from './seal-event.ts';
export { sweepEvents, sweepOf } from './sweep.service.ts';

export { getTimeline } from './timeline.service.ts';

export { deliver } from './deliver.ts';
export { sendDisablingNotices } from './disabling-notices.ts';
export { driveDeliveries } from './drive-deliveries.ts';

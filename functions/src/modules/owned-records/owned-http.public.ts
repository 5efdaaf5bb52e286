// A door of its own, so that what answers no requests does not load the HTTP packages.
export { registerOwnedRoutes } from './owned-routes.ts';
export { listShape, ownedViewShape, toListView, toOwnedView } from './owned-views.ts';

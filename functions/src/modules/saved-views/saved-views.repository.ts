import { type Collection, orgCollection } from '../../platform/collection.ts';
import { type SavedViews, savedViewsSchema } from './saved-views.schema.ts';

/** One document a person, under their uid: nobody but that person is ever asked for it. */
export const savedViews: Collection<SavedViews> = orgCollection(
  'savedViews',
  'Saved views',
  savedViewsSchema,
);

import { z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import { storedExternalIdsSchema } from '../claims/claims.schema.ts';
import { customFieldsSchema } from '../fields/fields.schema.ts';
import type { ListPage } from './list-owned.ts';
import type { OwnedRecord } from './owned-type.ts';

/** What the `/api` door shows of every owned record; `userId` is its owner's, as older clients call it. */
export const ownedViewShape = {
  id: z.string(),
  tags: z.array(z.string()),
  customFields: customFieldsSchema,
  externalIds: storedExternalIdsSchema,
  userId: z.string(),
  ownerId: z.string(),
  teamId: z.string().nullable(),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
};

/** An owned record's common part as the `/api` door shows it. */
export function toOwnedView(record: Stored<OwnedRecord>) {
  return {
    id: record.id,
    tags: record.tags,
    customFields: record.customFields,
    externalIds: record.externalIds,
    userId: record.ownerId,
    ownerId: record.ownerId,
    teamId: record.teamId,
    version: record.version,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

/** What the `/api` door adds to a list. */
export const listShape = {
  total: z.int().optional(),
  totalIsExact: z.boolean(),
  page: z.int(),
  totalPages: z.int().optional(),
  nextCursor: z.string().nullable(),
};

/** What the `/api` door adds to a page of a list. */
export function toListView(
  { total, totalIsExact, nextCursor }: ListPage<OwnedRecord>,
  { page, limit }: { page: number; limit: number },
) {
  const counted = total === undefined ? {} : { total, totalPages: Math.ceil(total / limit) };
  return { ...counted, totalIsExact, page, nextCursor };
}

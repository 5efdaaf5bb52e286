import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import { compareAmounts, compareTexts, type DealRow } from './deal-rows.ts';

export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: {},
});

const helper = createColumnHelper<typeof features, DealRow>();

/** Names sort from A on first, amounts and times from the largest and latest. */
const texts = { sortUndefined: 'last', sortDescFirst: false } as const;
const amounts = { sortUndefined: 'last', sortDescFirst: true } as const;

/** The columns with what each sorts by; their ids are those of saved sortings. */
export const columns = helper.columns([
  helper.accessor(({ deal }) => deal.title, {
    ...{ id: 'title', header: 'Title', ...texts },
    sortFn: (a, b) => compareTexts(a.original.deal.title, b.original.deal.title),
  }),
  helper.accessor(({ deal }) => deal.valueMinor, {
    ...{ id: 'value', header: 'Value', ...amounts },
    sortFn: (a, b) => compareAmounts(a.original.deal, b.original.deal),
  }),
  helper.accessor(({ stageOrder }) => stageOrder, {
    ...{ id: 'stage', header: 'Stage', ...texts },
    sortFn: (a, b) => a.original.stageOrder - b.original.stageOrder,
  }),
  helper.accessor(({ ownerName }) => ownerName, {
    ...{ id: 'owner', header: 'Owner', ...texts },
    sortFn: (a, b) => compareTexts(a.original.ownerName ?? '', b.original.ownerName ?? ''),
  }),
  helper.accessor(({ companyName }) => companyName, {
    ...{ id: 'company', header: 'Company', ...texts },
    sortFn: (a, b) => compareTexts(a.original.companyName ?? '', b.original.companyName ?? ''),
  }),
  helper.accessor(({ deal }) => deal.expectedCloseDate?.getTime(), {
    ...{ id: 'expectedCloseDate', header: 'Close date', ...texts },
    sortFn: (a, b) => timeOf(a.original) - timeOf(b.original),
  }),
  helper.accessor(({ deal }) => deal.updatedAt.getTime(), {
    ...{ id: 'updatedAt', header: 'Changed', ...amounts },
    sortFn: (a, b) => a.original.deal.updatedAt.getTime() - b.original.deal.updatedAt.getTime(),
  }),
]);

function timeOf({ deal }: DealRow): number {
  return deal.expectedCloseDate?.getTime() ?? 0;
}

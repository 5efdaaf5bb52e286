import type { BulkAction } from './bulk.ts';

export function dealsInWords(count: number): string {
  return count === 1 ? '1 deal' : `${count.toLocaleString()} deals`;
}

/** What it is called, what it leads to and what was done: of a number of deals. */
export function bulkWords(action: BulkAction, count: number) {
  const deals = dealsInWords(count);
  switch (action.kind) {
    case 'owner':
      return {
        verb: `Change owner of ${deals}`,
        lead: `${action.name} becomes the owner, takes over the part of the previous owner in the splits of open deals, and sees them from now on; the previous owner may not.`,
        done: `${deals} went to ${action.name}`,
      };
    case 'move':
      return {
        verb: `Move ${deals}`,
        lead: consequenceOfStage(action.stage),
        done: `${deals} moved to ${action.stage.name}`,
      };
    case 'tag':
      return {
        verb: `Add tag to ${deals}`,
        lead: `The tag “${action.tag}” is added; other tags stay.`,
        done: `${deals} tagged “${action.tag}”`,
      };
    case 'delete':
      return {
        verb: `Delete ${deals}`,
        lead: 'They go to the bin, where they stay for 30 days. Until then they can be restored.',
        done: `${deals} deleted`,
      };
    case 'restore':
      return {
        verb: `Restore ${deals}`,
        lead: 'They come back where they were.',
        done: `${deals} restored`,
      };
  }
}

function consequenceOfStage({ name, kind }: { name: string; kind: string }): string {
  const moved = `They move to ${name} and take its probability.`;
  if (kind === 'won')
    return `${moved} What they earn is posted at once, to everybody in their splits.`;
  if (kind === 'lost') return `${moved} They count as lost from now on.`;
  return `${moved} What was earned by those that are won is taken back.`;
}

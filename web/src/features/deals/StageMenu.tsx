import type { Deal, Stage } from '@splitline/functions/contracts';
import type { ReactNode } from 'react';
import type { Stored } from '../../data/port.ts';
import { Menu } from '../../ui/Menu.tsx';
import { isOpenTo } from './group-deals.ts';
import type { MoveDeal } from './useMoves.ts';

interface StageMenuProps {
  readonly deal: Stored<Deal>;
  readonly stages: readonly Stored<Stage>[];
  readonly onMove: MoveDeal;
  /** What the button does, in full; it contains what the button shows. */
  readonly name: string;
  readonly className: string;
  readonly buttonId?: string;
  readonly children: ReactNode;
}

/** Moves a deal without dragging: with the keyboard, a screen reader or a finger. */
export function StageMenu({ deal, stages, onMove, children, ...button }: StageMenuProps) {
  return (
    <Menu
      {...button}
      items={stages.map((stage) => ({
        id: stage.id,
        label: <StageName stage={stage} />,
        isDisabled: !isOpenTo(stage, deal),
      }))}
      onSelect={(stageId) => {
        const stage = stages.find(({ id }) => id === stageId);
        if (stage !== undefined) onMove(deal, stage);
      }}
    >
      {children}
    </Menu>
  );
}

/** A stage by its colour and name. */
export function StageName({ stage }: { readonly stage: Stored<Stage> | undefined }) {
  return (
    <span className="stage-name" data-colour={stage?.colour ?? 'slate'}>
      {stage?.name ?? 'Unknown stage'}
    </span>
  );
}

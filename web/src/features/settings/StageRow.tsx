import { INTAKE_STAGE_ID, type Stage } from '@splitline/functions/contracts';
import { useCallback, useRef } from 'react';
import type { Stored } from '../../data/port.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useStageDrag } from './stage-drag.ts';
import { kindNames } from './stage-words.ts';

interface StageRowProps {
  readonly stage: Stored<Stage>;
  readonly place: number;
  /** How many stages have a place. */
  readonly count: number;
  readonly onMove: (stageId: string, place: number) => void;
  readonly onStep: (kind: 'change' | 'delete') => void;
}

/** One stage: moved by its buttons or by dragging its handle. */
export function StageRow({ stage, place, count, onMove, onStep }: StageRowProps) {
  const { id, name, kind, colour, defaultProbability, closing } = stage;
  const row = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLSpanElement>(null);
  const onDrop = useCallback((dropped: string) => onMove(dropped, place), [onMove, place]);
  const { isDragged, isTarget } = useStageDrag(row, handle, {
    ...{ stageId: id, isMovable: closing === null, onDrop },
  });
  return (
    <li
      ref={row}
      className="rows__row settings__row"
      aria-label={name}
      data-colour={colour}
      data-dragged={isDragged}
      data-target={isTarget}
    >
      <span ref={handle} className="settings__handle" aria-hidden="true" title="Drag to move" />
      <div className="settings__main">
        <p className="settings__name">
          <span className="settings__dot" aria-hidden="true" />
          {name}
        </p>
        <p className="soft small settings__detail">
          {kindNames[kind]} · {defaultProbability}% likely
          {id === INTAKE_STAGE_ID && ' · new deals land here'}
        </p>
      </div>
      {closing === null ? (
        <>
          <MoveButtons name={name} place={place} count={count} onMove={(to) => onMove(id, to)} />
          <div className="page__actions">
            <button className="button button--small" type="button" onClick={() => onStep('change')}>
              Change…<span className="visually-hidden"> {name}</span>
            </button>
            {id !== INTAKE_STAGE_ID && (
              <button
                className="button button--small button--quiet"
                type="button"
                onClick={() => onStep('delete')}
              >
                Delete…<span className="visually-hidden"> {name}</span>
              </button>
            )}
          </div>
        </>
      ) : (
        <span className="tag" data-tone="warning">
          Being deleted
        </span>
      )}
    </li>
  );
}

interface MoveButtonsProps {
  readonly name: string;
  readonly place: number;
  readonly count: number;
  readonly onMove: (place: number) => void;
}

/** At an end a button stays where it is: the focus of who presses it must not get lost. */
function MoveButtons({ name, place, count, onMove }: MoveButtonsProps) {
  return (
    <div className="settings__moves">
      <button
        className="icon-button settings__up"
        type="button"
        aria-label={`Move ${name} up`}
        aria-disabled={place === 0}
        onClick={() => place > 0 && onMove(place - 1)}
      >
        <Icon name="down" />
      </button>
      <button
        className="icon-button"
        type="button"
        aria-label={`Move ${name} down`}
        aria-disabled={place === count - 1}
        onClick={() => place < count - 1 && onMove(place + 1)}
      >
        <Icon name="down" />
      </button>
    </div>
  );
}

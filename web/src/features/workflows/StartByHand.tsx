import { runViewSchema, type SearchType } from '@splitline/functions/contracts';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Rest } from '../../data/port.ts';
import { type Problem, toProblem } from '../../data/problem.ts';
import { readAnswer } from '../../data/records.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { RecordPicker } from '../search/RecordPicker.tsx';

interface StartByHandProps {
  readonly rest: Rest;
  readonly workflowId: string;
  readonly type: SearchType;
}

/** Starts a workflow on a record that the person chooses, and leads to its run. */
export function StartByHand({ rest, workflowId, type }: StartByHandProps) {
  const [isAsking, setIsAsking] = useState(false);
  const [isStarting, setIsStarting] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [, navigate] = useLocation();
  const start = async (recordId: string) => {
    if (isStarting) return;
    setIsStarting(true);
    setProblem(undefined);
    try {
      const body = { recordType: type, recordId };
      const answer = await rest.send('POST', `/api/workflows/${workflowId}/runs`, body);
      navigate(`/workflows/runs/${readAnswer(runViewSchema, answer).id}`);
    } catch (error) {
      setProblem(toProblem(error));
      setIsStarting(false);
    }
  };
  return (
    <>
      <button className="button" type="button" onClick={() => setIsAsking(true)}>
        Start on a {type}…
      </button>
      {isAsking && (
        <Dialog title={`Start on a ${type}`} onClose={() => setIsAsking(false)}>
          <p className="dialog__text">
            Choosing one starts the workflow on it at once; what it sends is really sent.
          </p>
          {problem !== undefined && (
            <p className="message" role="alert">
              {problem.message}
            </p>
          )}
          <RecordPicker
            rest={rest}
            type={type}
            label={`Find a ${type}`}
            except={[]}
            onPick={({ id }) => void start(id)}
            isFocused
          />
        </Dialog>
      )}
    </>
  );
}

import type { ImportView, RowProblem } from '../../data/imports.ts';
import { saveFile } from '../../ui/files.ts';
import { useNotices } from '../../ui/Toasts.tsx';
import { fieldLabel, plainError, problemsCsv } from './import-words.ts';

interface ProblemsProps {
  readonly source: Pick<ImportView, 'id' | 'recordType' | 'mapping'>;
  /** The first of them. */
  readonly problems: readonly RowProblem[];
  /** How many there are. */
  readonly failed: number;
}

/** The first rows that cannot be done, each with the column at fault. */
export function Problems({ source, problems, failed }: ProblemsProps) {
  const { warn } = useNotices();
  if (problems.length === 0) return null;
  const save = async () => {
    const file = () => Promise.resolve(new Blob([problemsCsv(problems)], { type: 'text/csv' }));
    const problem = await saveFile(file, `import-problems-${source.id}.csv`);
    if (problem !== undefined) warn(problem.message);
  };
  return (
    <section className="section" aria-label="Problems">
      <div className="section__head">
        <p className="soft small">
          {problems.length < failed && `The first ${problems.length} of ${failed} problems. `}
          Rows count from 1, below the header line.
        </p>
        <button className="button button--small" type="button" onClick={() => void save()}>
          Download problems
        </button>
      </div>
      <div className="mapping">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">Field</th>
              <th scope="col">Problem</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((problem) => (
              <tr key={`${problem.row} ${problem.field} ${problem.error}`}>
                <th scope="row" className="amount">
                  {problem.row}
                </th>
                <td dir="auto">
                  {problem.field === null ? 'The row' : placeOf(source, problem.field)}
                </td>
                <td dir="auto" className="mapping__error">
                  {plainError(problem)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function placeOf({ recordType }: ProblemsProps['source'], field: string): string {
  return fieldLabel(recordType, field);
}

import { type SavedViewView, savedViewViewSchema } from '@splitline/functions/contracts';
import { useRef } from 'react';
import type { Rest } from '../../../data/port.ts';
import { toProblem } from '../../../data/problem.ts';
import { readAnswer } from '../../../data/records.ts';
import type { Loaded } from '../../../data/useLoad.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Failure, Loading } from '../../../ui/StateMessage.tsx';
import { useSubmit } from '../../../ui/useSubmit.ts';
import { countFilters, type PipelineView } from '../filters.ts';

interface ViewsDialogProps {
  readonly rest: Rest;
  readonly views: Loaded<{ readonly views: readonly SavedViewView[] }>;
  readonly view: PipelineView;
  readonly current: SavedViewView | undefined;
  readonly onOpen: (view: SavedViewView) => void;
  readonly onSaved: (id: string) => void;
  readonly onDelete: (view: SavedViewView) => Promise<void>;
  readonly onClose: () => void;
}

/** Saved views to open, and the present one to save. */
export function ViewsDialog(props: ViewsDialogProps) {
  const { rest, views, view, current, onOpen, onSaved, onDelete, onClose } = props;
  return (
    <Dialog title="Views" onClose={onClose}>
      {views.status === 'loading' && <Loading what="your views" />}
      {views.status === 'failed' && (
        <Failure
          title="Your views cannot be shown"
          message={views.problem.message}
          onRetry={views.reload}
        />
      )}
      {views.status === 'ready' && (
        <ul className="rows views" aria-label="Saved views">
          {views.value.views.length === 0 && (
            <li className="rows__empty">
              No saved views yet. Set filters or sort the table, then save that below.
            </li>
          )}
          {views.value.views.map((saved) => (
            <li key={saved.id} className="rows__row views__row">
              <button
                className="views__open"
                type="button"
                aria-current={saved.id === current?.id ? 'true' : undefined}
                onClick={() => onOpen(saved)}
              >
                {saved.name}
              </button>
              <span className="soft small">{describe(saved)}</span>
              <a className="small" href={`/?saved=${saved.id}`}>
                Link<span className="visually-hidden"> to {saved.name}</span>
              </a>
              <button
                className="button button--small button--quiet"
                type="button"
                onClick={() => void onDelete(saved)}
              >
                Delete<span className="visually-hidden"> {saved.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <SaveForm rest={rest} view={view} current={current} onSaved={onSaved} onClose={onClose} />
    </Dialog>
  );
}

function describe({ layout, filters }: SavedViewView): string {
  const count = countFilters(filters);
  const narrowed = count === 0 ? 'all deals' : count === 1 ? '1 filter' : `${count} filters`;
  return `${layout === 'table' ? 'Table' : 'Board'}, ${narrowed}`;
}

type SaveFormProps = Pick<ViewsDialogProps, 'rest' | 'view' | 'current' | 'onSaved' | 'onClose'>;

/** Keeps how the pipeline is looked at now, as a new view or in place of the one it began with. */
function SaveForm({ rest, view, current, onSaved, onClose }: SaveFormProps) {
  const isUpdate = useRef(false);
  const { layout, filters, sorting = null } = view;
  const form = useSubmit(
    async (read) => {
      const content = { name: read('name').trim(), layout, filters, sorting };
      const [method, path] =
        isUpdate.current && current !== undefined
          ? (['PATCH', `/api/views/${current.id}`] as const)
          : (['POST', '/api/views'] as const);
      try {
        const answer = await rest.send(method, path, content);
        onSaved(readAnswer(savedViewViewSchema, answer).id);
      } catch (error) {
        return toProblem(error);
      }
      return undefined;
    },
    ['name'],
  );
  return (
    <form className="form views__form" aria-label="Save this view" onSubmit={form.onSubmit}>
      {form.generalError !== undefined && (
        <p className="message" role="alert">
          {form.generalError}
        </p>
      )}
      <Field
        key={current?.id}
        label="Name"
        name="name"
        maxLength={60}
        required
        autoComplete="off"
        defaultValue={current?.name}
        error={form.errorOf('name')}
      />
      <div className="form__actions">
        <button className="button button--quiet" type="button" onClick={onClose}>
          Close
        </button>
        {current !== undefined && (
          <button
            className="button"
            type="submit"
            onClick={() => {
              isUpdate.current = true;
            }}
          >
            Update view
          </button>
        )}
        <button
          className="button button--primary"
          type="submit"
          aria-disabled={form.isSending}
          onClick={() => {
            isUpdate.current = false;
          }}
        >
          {form.isSending ? 'Saving…' : 'Save as new view'}
        </button>
      </div>
    </form>
  );
}

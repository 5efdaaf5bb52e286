import { type DragEvent, useId, useState } from 'react';

interface FilePickerProps {
  readonly file: File | undefined;
  readonly onFile: (file: File) => void;
  readonly error: string | undefined;
}

/** Takes one file, dropped or chosen. */
export function FilePicker({ file, onFile, error }: FilePickerProps) {
  const id = useId();
  const [isOver, setIsOver] = useState(false);
  const take = (files: FileList | null) => {
    const [first] = files ?? [];
    if (first !== undefined) onFile(first);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div className="field">
      <span className="field__label" id={`${id}-label`}>
        CSV file <span className="field__hint">(UTF-8, a header line, up to 10 MB)</span>
      </span>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the input in it is for keys */}
      <div
        className="drop"
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={onDrop}
      >
        <input
          className="visually-hidden drop__input"
          id={id}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          aria-labelledby={`${id}-label`}
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-what`}
          onChange={(event) => take(event.currentTarget.files)}
        />
        <p className="drop__text" id={`${id}-what`}>
          {file === undefined ? 'Drop a file here, or' : `${file.name}, ${sizeOf(file)}`}
        </p>
        <label className="button drop__button" htmlFor={id}>
          {file === undefined ? 'Choose a file' : 'Choose another file'}
        </label>
      </div>
      {error !== undefined && (
        <p className="field__error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

const KILO = 1000;

function sizeOf({ size }: File): string {
  const [amount, unit] =
    size < KILO * KILO ? [Math.ceil(size / KILO), 'kilobyte'] : [size / KILO / KILO, 'megabyte'];
  const format = new Intl.NumberFormat(undefined, {
    ...{ style: 'unit', unit, maximumFractionDigits: 1 },
  });
  return format.format(amount);
}

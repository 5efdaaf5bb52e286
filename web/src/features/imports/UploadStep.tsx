import { type ImportType, importTypeSchema } from '@splitline/functions/contracts';
import { type FormEvent, useState } from 'react';
import { uploadedSchema } from '../../data/imports.ts';
import type { Rest } from '../../data/port.ts';
import { type Problem, toProblem } from '../../data/problem.ts';
import { readAnswer } from '../../data/records.ts';
import { EarlierImports } from './EarlierImports.tsx';
import { FilePicker } from './FilePicker.tsx';
import { typeWords } from './import-words.ts';

interface UploadStepProps {
  readonly rest: Rest;
  readonly onUploaded: (importId: string) => void;
}

/** The server takes requests of 10 MiB; the file is in a form, which is a little larger. */
const MAX_FILE_BYTES = 10 * 1024 * 1024 - 2048;

/** What is imported, and the file that it is in. */
export function UploadStep({ rest, onUploaded }: UploadStepProps) {
  const [recordType, setRecordType] = useState<ImportType>('contact');
  const [file, setFile] = useState<File>();
  const [problem, setProblem] = useState<Problem>();
  const [isSending, setIsSending] = useState(false);
  const send = async () => {
    setProblem(problemOf(file));
    if (file === undefined || problemOf(file) !== undefined) return;
    setIsSending(true);
    try {
      const form = new FormData();
      form.append('recordType', recordType);
      form.append('file', file);
      onUploaded(
        readAnswer(uploadedSchema, await rest.send('POST', '/api/imports', form)).importId,
      );
    } catch (error) {
      setProblem(toProblem(error));
      setIsSending(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isSending) void send();
  };
  return (
    <>
      <form className="form import__card" onSubmit={onSubmit}>
        <fieldset className="kinds">
          <legend className="field__label">What is in the file?</legend>
          {importTypeSchema.options.map((type) => (
            <label key={type} className="kinds__kind">
              <input
                type="radio"
                name="recordType"
                value={type}
                checked={recordType === type}
                onChange={() => setRecordType(type)}
              />
              <span>
                <strong>{typeWords[type].name}</strong>
                <span className="soft small kinds__hint">{typeWords[type].hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <FilePicker
          file={file}
          onFile={(chosen) => {
            setFile(chosen);
            setProblem(undefined);
          }}
          error={problem?.message}
        />
        <div className="form__actions">
          <button className="button button--primary" type="submit" aria-disabled={isSending}>
            {isSending ? 'Uploading…' : 'Upload file'}
          </button>
        </div>
      </form>
      <EarlierImports rest={rest} />
    </>
  );
}

function problemOf(file: File | undefined): Problem | undefined {
  if (file === undefined) return { message: 'Choose a CSV file first.' };
  if (file.size <= MAX_FILE_BYTES) return undefined;
  return {
    message:
      'The file is larger than 10 MB. Split it into parts, each with the header line, and import them one after the other.',
  };
}

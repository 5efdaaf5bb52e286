import type { User } from '@splitline/functions/contracts';
import { useLocation, useSearchParams } from 'wouter';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { ImportResult } from './ImportResult.tsx';
import { ImportSteps } from './ImportSteps.tsx';
import { UploadStep } from './UploadStep.tsx';
import { Wizard } from './Wizard.tsx';
import './imports.css';

interface ImportPageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly jobId: string | undefined;
}

/** An import from the file to the records. Each step after the upload has an address to come back to. */
export default function ImportPage({ data, member, jobId }: ImportPageProps) {
  const [params] = useSearchParams();
  const [, navigate] = useLocation();
  const importId = params.get('file');
  return (
    <div className="page">
      <title>Import · Splitline</title>
      <div className="page__content">
        <div className="page__head">
          <h1 className="page__title">Import</h1>
        </div>
        {jobId !== undefined && <ImportResult key={jobId} data={data} jobId={jobId} />}
        {jobId === undefined && importId === null && (
          <>
            <ImportSteps current={1} />
            <UploadStep
              rest={data.rest}
              onUploaded={(id) => navigate(`/import?file=${encodeURIComponent(id)}`)}
            />
          </>
        )}
        {jobId === undefined && importId !== null && (
          <Wizard key={importId} data={data} member={member} importId={importId} />
        )}
      </div>
    </div>
  );
}

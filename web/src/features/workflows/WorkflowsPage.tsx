import type { User } from '@splitline/functions/contracts';
import { Redirect, Route, Switch } from 'wouter';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { StateMessage } from '../../ui/StateMessage.tsx';
import { BuilderPage } from './BuilderPage.tsx';
import { RunPage } from './RunPage.tsx';
import { RunsPage } from './RunsPage.tsx';
import { WorkflowList } from './WorkflowList.tsx';
import { WorkflowPage } from './WorkflowPage.tsx';
import './workflows.css';

interface WorkflowsPageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
}

/** Everything about workflows: administrators make them, managers see what they did to their teams’ records. */
export default function WorkflowsPage({ data, member: { role } }: WorkflowsPageProps) {
  if (role === 'rep') {
    return (
      <StateMessage title="For administrators and managers">
        Workflows are made by the administrators of your organisation. What they did to a deal of
        yours is in the deal’s history.
      </StateMessage>
    );
  }
  const isAdmin = role === 'admin';
  return (
    <Switch>
      <Route path="/workflows/runs">
        <RunsPage data={data} isAdmin={isAdmin} />
      </Route>
      <Route path="/workflows/runs/:id">
        {({ id }) => <RunPage key={id} data={data} id={id} isAdmin={isAdmin} />}
      </Route>
      {!isAdmin && (
        <Route>
          <Redirect to="/workflows/runs" replace />
        </Route>
      )}
      <Route path="/workflows">
        <WorkflowList data={data} />
      </Route>
      <Route path="/workflows/new">
        <BuilderPage key="new" data={data} id={undefined} />
      </Route>
      <Route path="/workflows/:id/edit">
        {({ id }) => <BuilderPage key={id} data={data} id={id} />}
      </Route>
      <Route path="/workflows/:id">
        {({ id }) => <WorkflowPage key={id} data={data} id={id} />}
      </Route>
    </Switch>
  );
}

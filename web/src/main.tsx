import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { ErrorBoundary } from './app/ErrorBoundary.tsx';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html lacks the element #root');

createRoot(container).render(
  <StrictMode>
    <ErrorBoundary>
      <App />
    </ErrorBoundary>
  </StrictMode>,
);

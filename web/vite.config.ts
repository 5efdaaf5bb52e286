import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

export default defineConfig({
  plugins: [react(), preloadWorkspace()],
  build: {
    target: 'baseline-widely-available',
    // The workspace chunk carries the Firestore SDK; the account screens work without it.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // Schemas only define: those that a page alone uses are loaded with it, not with the board.
      treeshake: { moduleSideEffects: (id) => !id.includes('/functions/src/') },
    },
  },
});

/**
 * Has the browser fetch the workspace along with the page's own script, not after it has found out who
 * is signed in: whoever is not loads it too, while typing.
 */
function preloadWorkspace(): Plugin {
  return {
    name: 'preload-workspace',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const files = Object.values(bundle);
        const workspace = files.find(
          (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('/app/Workspace.tsx'),
        );
        if (workspace?.type !== 'chunk') throw new Error('The build has no chunk of the workspace');
        const names = new Set<string>();
        addWithImports(workspace, bundle, names);
        return [...names]
          .filter((name) => !html.includes(name))
          .map((name) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` },
            injectTo: 'head',
          }));
      },
    },
  };
}

function addWithImports(
  chunk: Rolldown.OutputChunk,
  bundle: Rolldown.OutputBundle,
  names: Set<string>,
): void {
  if (names.has(chunk.fileName)) return;
  names.add(chunk.fileName);
  for (const name of chunk.imports) {
    const imported = bundle[name];
    if (imported?.type === 'chunk') addWithImports(imported, bundle, names);
  }
}

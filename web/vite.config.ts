import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'baseline-widely-available',
    // The workspace chunk carries the Firestore SDK; it is loaded after sign-in.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // Schemas only define: those that a page alone uses are loaded with it, not with the board.
      treeshake: { moduleSideEffects: (id) => !id.includes('/functions/src/') },
    },
  },
});

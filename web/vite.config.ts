import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'baseline-widely-available',
    // The workspace chunk carries the Firestore SDK; it is loaded after sign-in.
    chunkSizeWarningLimit: 700,
  },
});

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = 'http://127.0.0.1:8080'

/** `vite` alone serves the console against a server on its usual port; scripts/build-admin.mjs builds. */
export default defineConfig({
  base: '/admin/',
  plugins: [react()],
  server: {
    proxy: {
      '/api': server,
      '/files': server,
      '/desk/ws': { target: server, ws: true, changeOrigin: true },
    },
  },
  build: {
    target: 'es2022',
    // antd and echarts are big by nature and loaded apart; the default warning would only be noise
    chunkSizeWarningLimit: 1500,
    // the pages' policy forbids inline and data: sources other than images
    assetsInlineLimit: 0,
  },
})

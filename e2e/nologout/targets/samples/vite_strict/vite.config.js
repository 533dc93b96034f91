import { tmpdir } from "node:os";
import { join } from "node:path";
import react from "@vitejs/plugin-react";

const api = `http://127.0.0.1:${process.env.API_PORT}`;

export default {
  plugins: [react()],
  // What Vite bundles of React goes where the run's other files go.
  cacheDir: join(process.env.SAMPLE_STATE || tmpdir(), "vite"),
  clearScreen: false,
  server: { proxy: { "/api": api, "/auth": api } },
};

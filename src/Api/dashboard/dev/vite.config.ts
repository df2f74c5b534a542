import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { inventedApi } from "./inventedApi.ts";

// `npm run dev` needs no silo: the API is answered with invented learners. LSTEP_URL points it at a real one.
const silo = process.env.LSTEP_URL;

export default defineConfig({
  root: ".",
  plugins: silo ? [react()] : [react(), inventedApi()],
  server: {
    port: 5173,
    ...(silo ? { proxy: { "/api": { target: silo, changeOrigin: true }, "/hubs": { target: silo, changeOrigin: true, ws: true } } } : {}),
  },
});

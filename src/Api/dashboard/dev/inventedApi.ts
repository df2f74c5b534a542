import type { Plugin } from "vite"; export const inventedApi = (): Plugin => ({ name: "invented-api" });

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The silo serves what is built here. Nothing is inlined: its content security policy allows files of its own only.
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../../Silo/wwwroot",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    target: "es2022",
    // What is not ours changes rarely: browsers keep it over a new version of the dashboard.
    // What draws charts and long tables stays with the first page that imports it, on demand.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "packages", test: /node_modules[\\/](?!(echarts|zrender|tslib|@tanstack[\\/](react-)?(table|table-core|virtual|virtual-core))[\\/])/ }] } } },
  },
});

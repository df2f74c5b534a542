# syntax=docker/dockerfile:1
# One silo: grains, HTTP API, hub and dashboard in one process. Everything it keeps is in PostgreSQL.
#   docker build -t lstep .                               the product
#   docker build -t lstep-workbench --target workbench .  demo, replay and benchmarks, against an empty database in LSTEP_POSTGRES
# Images are named by digest, so that the same files make the same image; .github/dependabot.yml asks for the next ones. Packages come
# from the lock files and from nowhere else.

FROM --platform=$BUILDPLATFORM node:22.23.3-bookworm-slim@sha256:43ac6c60b8f89723f746e8a92ce91abd5017e627ce1ddfe4238355d3a30b772c AS node

FROM node AS dashboard
WORKDIR /src/src/Api/dashboard
COPY src/Api/dashboard/package.json src/Api/dashboard/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY src/Api/dashboard ./
RUN npm run build

FROM node AS templates
WORKDIR /src/src/Grains/Campaigns/Templates/build
COPY src/Grains/Campaigns/Templates/build/package.json src/Grains/Campaigns/Templates/build/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY src/Grains/Campaigns/Templates ../
RUN npm run build

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0.401@sha256:e70cdb7f80b0348f5cb85f19a8f670fca061f033d57eed12fa003d58b0e06317 AS server
WORKDIR /src
COPY .editorconfig BannedSymbols.txt Directory.Build.props Directory.Packages.props global.json ./
COPY sql sql
COPY src src
COPY --from=dashboard /src/src/Silo/wwwroot src/Silo/wwwroot
COPY --from=templates /src/src/Grains/obj/templates src/Grains/obj/templates
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish src/Silo -c Release -p:UseAppHost=false -p:RunAnalyzers=false -p:RestoreLockedMode=true -p:TemplatesCompiled=true -o published

FROM server AS workbench-server
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish src/Workbench -c Release -p:UseAppHost=false -p:RunAnalyzers=false -p:RestoreLockedMode=true -p:TemplatesCompiled=true -o workbench

# What every image has beside its program.
FROM mcr.microsoft.com/dotnet/aspnet:10.0.12@sha256:222759b391a1aaf241166672c8f99b2d4ada452e7b5319f3c6e8f265a37b5ad4 AS runtime
WORKDIR /app
# A number, because Kubernetes cannot see that a name is not root.
USER $APP_UID

FROM runtime AS workbench
COPY --from=workbench-server /src/workbench ./
ENV LSTEP_LISTEN=0.0.0.0 \
    LSTEP_PORT=5080 \
    LSTEP_DATA=/data
EXPOSE 5080
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "lstep-workbench.dll"]
CMD ["demo"]

# The product is last, and so what is built when no target is named.
FROM runtime
# Owned by root and so not writable for the user below. The root file system may be read-only: only /tmp is written to, by .NET's
# own diagnostics. /data is for keys.json and is touched only where the two keys are not given by the environment.
COPY --from=server /src/published ./
ENV LSTEP_LISTEN=0.0.0.0 \
    LSTEP_PORT=5080 \
    LSTEP_SILO_PORT=11111 \
    LSTEP_DATA=/data
EXPOSE 5080 11111
# What is under way is finished first; give it 130 s before it is killed.
STOPSIGNAL SIGTERM
# Whether the process answers, not whether the database does: restarting a silo repairs no database. A heap per core is not for this.
HEALTHCHECK --interval=15s --timeout=10s --start-period=120s --retries=4 \
    CMD ["env", "DOTNET_gcServer=0", "dotnet", "lstep-silo.dll", "doctor", "--only", "live", "http://127.0.0.1:5080"]
ENTRYPOINT ["dotnet", "lstep-silo.dll"]
CMD ["run"]

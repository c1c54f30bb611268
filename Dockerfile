FROM node:24-slim AS base
RUN apt-get update \
  && apt-get install -y --no-install-recommends ffmpeg \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src ./src
COPY drizzle ./drizzle
COPY models ./models
COPY manifest.yml LICENSE NOTICE README.md ./
RUN mkdir -p /app/.data && chown node:node /app/.data
ENV NODE_ENV=production FFMPEG_PATH=/usr/bin/ffmpeg

# What learns a catalogue's own score model: docker compose run --rm train
FROM base AS train
RUN apt-get update \
  && apt-get install -y --no-install-recommends python3-numpy python3-torch \
  && rm -rf /var/lib/apt/lists/*
USER node
ENV PYTHON=/usr/bin/python3
CMD ["node", "src/cli.ts", "train", "score", "--audio", "/audio"]

FROM base AS app
USER node
EXPOSE 3000
CMD ["node", "src/main.ts"]

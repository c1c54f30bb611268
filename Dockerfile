FROM node:24-slim
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
USER node
ENV NODE_ENV=production FFMPEG_PATH=/usr/bin/ffmpeg
EXPOSE 3000
CMD ["node", "src/main.ts"]

# The bot as one static program that runs as nobody in particular. Nothing but
# the two folders under /var/lib is ever written, so that the root may be
# read-only. docs/operating.md says how to run it.

FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/spsbot ./cmd/spsbot
# The folders that the volumes begin as: theirs alone.
RUN mkdir -p /folders/var/lib/spsbot /folders/var/lib/spsbot-keys \
 && chmod 700 /folders/var/lib/spsbot /folders/var/lib/spsbot-keys

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/spsbot /spsbot
COPY --from=build --chown=65532:65532 /folders/ /
USER 65532:65532
ENV SPSBOT_DATA=/var/lib/spsbot \
    SPSBOT_KEYS=/var/lib/spsbot-keys
VOLUME ["/var/lib/spsbot", "/var/lib/spsbot-keys"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["/spsbot", "health"]
ENTRYPOINT ["/spsbot"]
CMD ["serve"]

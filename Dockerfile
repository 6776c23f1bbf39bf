# Builds Signet in one image and runs it from another that has only what it needs.
#
# Both images are named by tags, which can move. Who builds with a registry at hand replaces each by its digest, as
# `docker buildx imagetools inspect swift:6.3-bookworm` prints it: FROM swift:6.3-bookworm@sha256:… AS build.
FROM swift:6.3-bookworm AS build
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends \
        pkg-config libssl-dev libseccomp-dev libopencc-dev libqrencode-dev libpng-dev libjpeg62-turbo-dev libwebp-dev libzxing-dev libzbar-dev libsqlite3-dev \
        libzip-dev zlib1g-dev libxml2-dev libxlsxwriter-dev libpango1.0-dev libturbojpeg0-dev libpoppler-glib-dev libarchive-dev libcurl4-openssl-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY Package.swift ./
COPY Sources ./Sources
COPY Tests ./Tests
RUN swift build -c release --product signet --static-swift-stdlib \
    && install -D --strip "$(swift build -c release --static-swift-stdlib --show-bin-path)/signet" /out/signet

FROM debian:bookworm-slim
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends \
        libssl3 libseccomp2 libopencc1.1 libqrencode4 libpng16-16 libjpeg62-turbo libwebp7 libwebpdemux2 libzxing2 libzbar0 libsqlite3-0 libzip4 zlib1g libxml2 libxlsxwriter4 libstdc++6 tzdata libengine-pkcs11-openssl \
        libpangocairo-1.0-0 libturbojpeg0 libpoppler-glib8 libarchive13 libcurl4 ca-certificates fonts-lxgw-wenkai fonts-linuxlibertine fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --home-dir /var/lib/signet --shell /usr/sbin/nologin signet
COPY --from=build /out/signet /usr/local/bin/signet
USER 10001
WORKDIR /var/lib/signet
ENV SIGNET_HOME=/var/lib/signet/home
VOLUME /var/lib/signet
EXPOSE 8080
# bash speaks to the port by itself, so the image needs no HTTP client.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '200 OK' <&3"]
ENTRYPOINT ["signet"]
CMD ["serve", "--address", "0.0.0.0", "--port", "8080"]

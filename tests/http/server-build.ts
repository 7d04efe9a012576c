import type { ServerBuild } from '@remix-run/node'

/** A Remix build written by hand, as its Vite plugin would write it with the options of the product. */
export function serverBuild(written: Pick<ServerBuild, 'entry' | 'routes' | 'assets'>): ServerBuild {
  return {
    ...written,
    assetsBuildDirectory: '',
    basename: '/',
    publicPath: '/',
    mode: 'production',
    isSpaMode: false,
    future: {
      v3_fetcherPersist: true,
      v3_lazyRouteDiscovery: false,
      v3_relativeSplatPath: true,
      v3_singleFetch: true,
      v3_throwAbortReason: true,
    },
  }
}

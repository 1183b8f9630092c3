// A certified provider with one client, on loopback, for a bounded time: `node provider.mjs <port> <platform> <slug> <seconds>`.
// It ends with its parent (standard input closes) or when its time is over. Its own development pages are its forms.
import { Provider } from 'oidc-provider';

const [port, platform, slug, seconds] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const two_factors = 'urn:example:two-factors';

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'concordat',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [`${platform}/sign-in/${slug}/callback`],
    post_logout_redirect_uris: [`${platform}/`],
    id_token_signed_response_alg: 'RS256',
    backchannel_logout_uri: `${platform}/sign-in/${slug}/back-channel-logout`,
    backchannel_logout_session_required: true,
    require_auth_time: true,
  }],
  acrValues: [two_factors],
  claims: { acr: null, auth_time: null, iss: null, sid: null, openid: ['sub'] },
  features: { backchannelLogout: { enabled: true } },
  pkce: { required: () => true },
  // The default one refuses every private address, and this machine's is one.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, agency: 'home-office', roles: ['admin'] }) }),
});

provider.listen(Number(port), '127.0.0.1', () => console.log('listening'));
setTimeout(() => process.exit(0), Number(seconds) * 1000);
process.stdin.on('end', () => process.exit(0)).resume();

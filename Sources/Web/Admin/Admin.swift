// SPDX-License-Identifier: Apache-2.0

struct Admin: Feature {
    let site: Site
    var routes: [Route] { [] }
}

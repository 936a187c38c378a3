// SPDX-License-Identifier: Apache-2.0

struct ChartPages: Feature {
    let site: Site
    var routes: [Route] { [] }
}

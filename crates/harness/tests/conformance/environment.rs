//! What the shell says about proxies is not for us: a ping goes where its
//! URL says.

use std::process::Command;

use harness::strategies::STRATEGIES;
use serde_json::{Value, json};
use test_server::TestServer;

use crate::raw::Nobody;

#[test]
fn a_proxy_named_in_the_environment_is_never_asked() {
    let server = TestServer::start().unwrap();
    let nobody = Nobody::there();
    for strategy in STRATEGIES {
        server.reset();
        let mut ping = Command::new(env!("CARGO_BIN_EXE_harness"));
        ping.args(["ping", "--strategy", strategy.way.id])
            .args(["--output-format", "json", "-n", "3"])
            .arg(server.url("/200"))
            .env_remove("NO_PROXY")
            .env_remove("no_proxy");
        for variable in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            ping.env(variable, nobody.url());
            ping.env(variable.to_lowercase(), nobody.url());
        }
        let output = ping.output().unwrap();
        let said: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(said["outcomes"], json!({"200": 3}), "{}", strategy.way.id);
        assert_eq!(server.witness().requests, 3, "{}", strategy.way.id);
    }
}

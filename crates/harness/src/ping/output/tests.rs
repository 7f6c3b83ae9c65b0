use super::*;

#[test]
fn a_failed_ping_leaves_its_fields_empty() {
    let start = Instant::now();
    let ping = Ping::unstarted("http://a/?x=1,2", PingError::Refused);
    let refused = Verdict::Failed("refused");
    let told = Told { started_s: 0.25, ..Told::of(&ping, start, refused) };
    assert_eq!(
        told.csv(),
        "\"http://a/?x=1,2\",,,0.250000,0.000000,,connection refused,refused,\
         false,false"
    );
}

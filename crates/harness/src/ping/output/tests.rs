use super::*;

#[test]
fn quotes_where_the_format_asks_for_it() {
    let cases = [
        ("http://a/200", "http://a/200"),
        ("", ""),
        ("a,b", "\"a,b\""),
        ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("two\nlines", "\"two\nlines\""),
        ("carriage\rreturn", "\"carriage\rreturn\""),
    ];
    for (field, row) in cases {
        assert_eq!(quoted(field), row);
    }
}

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

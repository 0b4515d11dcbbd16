<?php
// The least of WordPress and WooCommerce that the plugin stands on. Reads one situation as JSON,
// runs the plugin's hooks, and prints what they did.

define('ABSPATH', '/');
$given = json_decode(stream_get_contents(STDIN), true);
$did = ['notices' => [], 'meta' => [], 'option' => null, 'session' => []];
$hooks = [];

function add_action($name, $function) { $GLOBALS['hooks'][$name][] = $function; }
function __($text) { return $text; }
function wp_unslash($text) { return stripslashes($text); }
function wc_add_notice($text, $kind) { $GLOBALS['did']['notices'][] = [$kind, $text]; }
function woocommerce_wp_checkbox($field) { $GLOBALS['did']['option'] = $field['id']; }

class Meta
{
    public function __construct(private array $kept, private string $name = '') {}
    public function get_meta($key) { return $this->kept[$key] ?? ''; }
    public function get_name() { return $this->name; }
    public function update_meta_data($key, $value) { $GLOBALS['did']['meta'][$key] = $value; }
}

class WC_Coupon extends Meta
{
    private array $coupon;
    public function __construct(string $code)
    {
        $this->coupon = $GLOBALS['given']['coupons'][$code];
        parent::__construct($this->coupon['meta']);
    }
    public function is_valid() { return $this->coupon['valid']; }
    public function get_product_ids() { return $this->coupon['products']; }
}

function wc_get_product($id)
{
    $found = $GLOBALS['given']['products'][(string) $id] ?? null;
    return $found ? new Meta($found['meta'], $found['name']) : false;
}

class Cart
{
    public function get_cart() { return $GLOBALS['given']['cart']; }
    public function get_applied_coupons() { return $GLOBALS['given']['applied']; }
}

class Session
{
    public function get($key) { return $GLOBALS['did']['session'][$key] ?? null; }
    public function set($key, $value) { $GLOBALS['did']['session'][$key] = $value; }
}

class Shop
{
    public Cart $cart;
    public Session $session;
}

function WC()
{
    static $shop = null;
    if ($shop === null) {
        $shop = new Shop();
        $shop->cart = new Cart();
        $shop->session = new Session();
    }
    return $shop;
}

[$_GET, $_POST] = [$given['get'] ?? [], $given['post'] ?? []];
require $argv[1];
foreach ($given['fire'] as $name) {
    foreach ($hooks[$name] as $function) {
        $function(new Meta([]));
    }
}
echo json_encode($did);
